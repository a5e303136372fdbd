"""One LibreOffice for all tests of workbooks."""

import pytest
from sheets import LibreOffice


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory):
    return LibreOffice(tmp_path_factory.mktemp("libreoffice"))
