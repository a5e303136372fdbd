"""What is seen of a service: counts and times, and a line of JSON a request, never what was asked."""

from __future__ import annotations

import json
import logging
import sys
import time
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


def logger() -> logging.Logger:
    """The log of requests, to standard error, a line of JSON each."""
    found = logging.getLogger("sroi.service")
    if not found.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(message)s"))
        found.addHandler(handler)
        found.setLevel(logging.INFO)
        found.propagate = False
    return found


@dataclass(frozen=True)
class Watch:
    """Counts and times of one service."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    requests: Counter = field(init=False)
    seconds: Histogram = field(init=False)
    inside: Gauge = field(init=False)

    def __post_init__(self) -> None:
        labels = ["route", "status"]
        made = {
            "requests": Counter("sroi_requests", "Requests.", labels, registry=self.registry),
            "seconds": Histogram(
                "sroi_request_seconds", "Time to answer.", ["route"], buckets=_SECONDS, registry=self.registry
            ),
            "inside": Gauge("sroi_requests_inside", "Requests computed or waiting.", registry=self.registry),
        }
        for name, metric in made.items():
            object.__setattr__(self, name, metric)

    def saw(self, method: str, route: str, status: int, begun: float, size: int) -> None:
        """Count a request, and log what it was: its route, status, time and sizes."""
        took = time.perf_counter() - begun
        self.requests.labels(route, str(status)).inc()
        self.seconds.labels(route).observe(took)
        line = {
            "method": method,
            "route": route,
            "status": status,
            "ms": round(took * 1000, 1),
            "bytes": size,
        }
        logger().info(json.dumps(line))

    def text(self) -> bytes:
        """Everything as Prometheus reads it."""
        return generate_latest(self.registry)
