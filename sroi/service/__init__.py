"""The engine as an HTTP service for studies of strangers; needs the extra ``service``."""

from sroi.service.app import create_app
from sroi.service.settings import Settings

__all__ = ["Settings", "create_app"]
