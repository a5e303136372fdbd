"""A client of the service that ``sroi serve`` runs; needs the extra ``service``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import httpx

from sroi.errors import KINDS, Problem, SroiError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_FIELDS = ("message", "hint", "path", "file", "line", "column")


class Client:
    """A service elsewhere, asked as the library is.

    Parameters
    ----------
    address : str
        Such as ``http://127.0.0.1:8000``.
    token : str, optional
        Bearer token, where the service wants one.
    timeout : float
        Seconds to wait for an answer.

    Examples
    --------
    ::

        with Client("http://127.0.0.1:8000") as service:
            service.evaluate(intervention="befriending", place="derby")["result"]["social_return_ratio"]
    """

    def __init__(self, address: str, *, token: str | None = None, timeout: float = 60.0) -> None:
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        self._http = httpx.Client(base_url=address, headers=headers, timeout=timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def ask(self, question: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to any question, as ``/openapi.json`` lists them.

        Raises
        ------
        DocumentError, NotFoundError, UndefinedResultError
            As the library raises them, each problem with its place.
        SroiError
            If the service cannot be reached, is busy, or refuses to answer.
        """
        response = self._sent(
            "POST", f"/v1/{question}", json={name: each for name, each in body.items() if each is not None}
        )
        answered: dict[str, Any] = response.json()
        return answered

    def evaluate(self, study: str | Mapping[str, Any] | None = None, **asked: Any) -> dict[str, Any]:
        """What £1 gives; see :meth:`ask` for errors, and ``/openapi.json`` for what may be asked."""
        return self.ask("evaluate", {"study": study, **asked})

    def simulate(self, study: str | Mapping[str, Any] | None = None, **asked: Any) -> dict[str, Any]:
        """The range; ``draws`` and ``seed`` may be given."""
        return self.ask("simulate", {"study": study, **asked})

    def check(self, study: str | Mapping[str, Any] | None = None, **asked: Any) -> dict[str, Any]:
        """What a reviewer would ask; ``select`` and ``ignore`` may be given."""
        return self.ask("check", {"study": study, **asked})

    def explain(
        self, what: str, study: str | Mapping[str, Any] | None = None, **asked: Any
    ) -> dict[str, Any]:
        """One outcome or number, from its sources to its figure."""
        return self.ask("explain", {"what": what, "study": study, **asked})

    def compare(self, studies: Sequence[Mapping[str, Any]], **asked: Any) -> dict[str, Any]:
        """Several studies side by side; each a mapping with ``study`` or ``intervention``."""
        return self.ask("compare", {"studies": list(studies), **asked})

    def report(self, study: str | Mapping[str, Any] | None = None, **asked: Any) -> bytes:
        """The bytes of a report; ``format`` is html, markdown, pdf, docx or xlsx."""
        body = {name: each for name, each in {"study": study, **asked}.items() if each is not None}
        return self._sent("POST", "/v1/report", json=body).content

    def places(self, search: str = "") -> list[dict[str, Any]]:
        """The places with a pack, or those whose name holds ``search``."""
        found: list[dict[str, Any]] = self._sent("GET", "/v1/places", params={"search": search}).json()[
            "places"
        ]
        return found

    def interventions(self) -> list[dict[str, Any]]:
        """The interventions that can be asked for by name."""
        found: list[dict[str, Any]] = self._sent("GET", "/v1/interventions").json()["interventions"]
        return found

    def _sent(self, method: str, path: str, **options: Any) -> httpx.Response:
        try:
            response = self._http.request(method, path, **options)
        except httpx.HTTPError as error:
            raise SroiError(
                f"the service does not answer ({error})",
                "see that sroi serve runs there",
                file=str(self._http.base_url),
            ) from None
        if response.is_success:
            return response
        raise _error_of(response)


def _error_of(response: httpx.Response) -> SroiError:
    """The error of the library that a refusal stands for."""
    try:
        said = response.json()
        problems = [Problem(**{name: each[name] for name in _FIELDS}) for each in said["problems"]]
        kind = KINDS.get(str(said["type"]).removeprefix("urn:sroi:"), SroiError)
        detail = str(said["detail"])
    except (ValueError, KeyError, TypeError):
        return SroiError(f"the service answers {response.status_code}", file=str(response.url))
    return kind(problems or [Problem(f"{detail} ({response.status_code})", file=str(response.url))])
