"""Stage `config`: lets the connector test a configuration with its ERP, without storing it."""

from __future__ import annotations

from collections.abc import Mapping

from wizard.domain.check import Stage
from wizard.outside.connector.client import ConnectorClient
from wizard.outside.connector.results import evidence_of, explanation, refusal, send
from wizard.outside.connector.session import CheckSession
from wizard.outside.http import Failure
from wizard.outside.soap.contract import State, TestConfigRequest


def test_configuration(session: CheckSession, client: ConnectorClient, values: Mapping[str, str]) -> None:
    session.started(Stage.CONFIG)
    with session.blaming(Stage.CONFIG):
        result, evidence = send(client, "WSTestConfigData", TestConfigRequest(connection_info=dict(values)))
        facts = {"answer": explanation(result), "operation": "WSTestConfigData"}
        evidence = (*evidence_of(result), ("sent", ", ".join(values)), *evidence)
        if reason := refusal(result):
            raise Failure(Stage.CONFIG, reason, facts, evidence)
        remark = {State.OK_WITH_INFO: "config.info", State.WARNING: "config.warning"}.get(State(result.state))
        session.passed(Stage.CONFIG, facts, evidence, remark)
