"""Who may use a connection, as SuperOffice is told; and whose address SuperOffice has reached itself."""

from __future__ import annotations

from pathlib import Path

from tests.factories import Visitor, close, make_app, make_users, says, sign_in
from tests.factories.superoffice import PracticeSuperOffice, link_practice, serve_superoffice
from tests.steps import RIGHT, open_step_2, open_step_3
from tests.superoffice_sides import stored
from wizard.extensions import db
from wizard.models import User, UserGroup
from wizard.models.columns import now
from wizard.models.database import writing


def save_for(admin: Visitor, there: PracticeSuperOffice) -> str:
    """With the first user and the first group as its scope; what the page says then."""
    page = open_step_3(admin, there.connector_url)
    admin.send(page, RIGHT | {"scope": "specific", "action": "test"})
    admin.send(page.replace("/connection", "/scope"), {"group": "1", "user": "1", "done": "1"})
    return says(admin.send(page, {"scope": "specific", "action": "ok"}).text)


def number(admin: Visitor, *, user: int, group: int, **values: object) -> None:
    """Gives the first user and group SuperOffice's ids."""
    with admin.app.app_context(), writing():
        db.session.execute(db.update(User).values(superoffice_id=user, **values))
        db.session.execute(db.update(UserGroup).values(superoffice_id=group))
        db.session.commit()


def test_users_and_groups_are_told_by_the_ids_of_superoffice(admin: Visitor, there: PracticeSuperOffice) -> None:
    make_users(admin.app, "Ola", groups=("Sales",))
    directory = there.behaviour.directory
    user, group = next(iter(directory.users)), next(iter(directory.groups))
    number(admin, user=user, group=group)

    assert "is saved" in save_for(admin, there)

    (connection,) = stored(there, "connection")
    assert not connection["AllAccess"]
    assert (connection["AssociateAccessIds"], connection["UserGroupAccessIds"]) == ([user], [group])


def test_who_was_not_read_from_superoffice_or_has_left_is_named(admin: Visitor, there: PracticeSuperOffice) -> None:
    make_users(admin.app, "Ola", groups=("Sales",))
    number(admin, user=1, group=2, left_at=now())

    assert "Not in SuperOffice, or gone there: Ola." in save_for(admin, there)
    assert stored(there, "connection") == []


def test_a_private_address_that_superoffice_has_reached_gets_no_remark(template_instance: Path, tmp_path: Path) -> None:
    cloud = make_app(template_instance, tmp_path / "cloud", superoffice_networks=())
    admin = sign_in(cloud, "Ingrid Berg")
    with serve_superoffice(folder=tmp_path) as there:
        page = open_step_2(admin)
        before = says(admin.send(page, {"name": "P", "url": f"{there.connector_url}?x=1", "action": "check"}).text)
        link_practice(cloud, there)
        after = says(admin.send(page, {"action": "check"}).text)
    close(cloud)

    assert "is a private address" in before
    assert "is a private address" not in after
