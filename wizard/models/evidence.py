"""What connectors have answered, encrypted as drafts are: it may repeat what they were given."""

from __future__ import annotations

from typing import Any, cast

from wizard.domain.check import Health, StageResult
from wizard.models.encrypted import Encrypted, Undecryptable, Value


class Evidence(Encrypted[Value]):
    """An answer that nothing else depends on: one that no key decrypts is as if it had never come."""

    def read(self, value: Value | Undecryptable | None) -> Value:
        return cast(Value, None if isinstance(value, Undecryptable) else value)


class Stages(Evidence[tuple[StageResult, ...]]):
    """The results of a check's stages."""

    def encode(self, value: tuple[StageResult, ...]) -> Any:
        return [result.to_json() for result in value]

    def decode(self, data: Any) -> tuple[StageResult, ...]:
        return tuple(map(StageResult.from_json, data))

    def read(self, value: tuple[StageResult, ...] | Undecryptable | None) -> tuple[StageResult, ...]:
        return super().read(value) or ()


class LastHealth(Evidence[Health | None]):
    """The result of the last check of a row. The id of its run is in a column beside it, by which it is found."""

    def __set__(self, row: Any, value: Health | None) -> None:
        row.health_run_id = value.run_id if value else None
        super().__set__(row, value)

    def encode(self, value: Health | None) -> Any:
        return value and value.to_json()

    def decode(self, data: Any) -> Health | None:
        return Health.from_json(data) if data else None


class Fields(Encrypted[Value]):
    """The fields that a connector has declared. One that no key decrypts raises: it says which values are secret."""
