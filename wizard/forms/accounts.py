"""Forms for signing in, passwords and accounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, PasswordField, StringField
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, ValidationError

from wizard.domain.accounts import Role
from wizard.forms.row_id import VersionField
from wizard.forms.texts import NAME_LENGTH, trimmed, visible
from wizard.messages import strength_advice
from wizard.models import RequiredFor
from wizard.security import judge_password

MIN_LENGTH = 12
MAX_LENGTH = 1000


class NewPassword(FlaskForm):  # type: ignore[misc]
    """A new password, typed twice."""

    field_order: ClassVar[Sequence[str]] = ()
    """The fields before the password, in the order of the page, in which the errors are listed."""

    def __iter__(self) -> Iterator[Field]:
        fields = {field.short_name: field for field in super().__iter__()}
        first = [fields.pop(name) for name in self.field_order]
        return iter([*first, *fields.values()])

    password = PasswordField(
        validators=[
            InputRequired(_l("Enter a password.")),
            Length(min=MIN_LENGTH, max=MAX_LENGTH, message=_l("Use 12 characters or more.")),
        ]
    )
    own_words: Sequence[str] = ()
    """Words that a guesser would try first, like the user name of the account."""

    def validate_password(self, field: Field) -> None:
        if field.errors:
            return
        strength = judge_password(field.data, self.words())
        if not strength.is_enough:
            raise ValidationError(strength_advice(strength))

    def words(self) -> Sequence[str]:
        return self.own_words

    again = PasswordField()

    def validate_again(self, field: Field) -> None:
        if field.data != self.password.data:
            raise ValidationError(_("The two passwords differ. Enter the same one twice."))


def _name(missing: object) -> StringField:
    return StringField(
        filters=[trimmed],
        validators=[
            DataRequired(missing),
            Length(max=NAME_LENGTH, message=_l("Too long: 254 characters at most.")),
            visible,
        ],
    )


class FirstAccountForm(NewPassword):
    name = _name(_l("Enter your name."))
    username = _name(_l("Enter a user name."))

    field_order = ("name", "username")

    def words(self) -> Sequence[str]:
        return self.name.data, self.username.data


class AccountForm(FlaskForm):  # type: ignore[misc]
    """An account, as an administrator edits it."""

    name = _name(_l("Enter a name."))
    role = StringField(validators=[AnyOf([role.value for role in Role], _l("Choose a role."))])
    disabled = BooleanField()
    version = VersionField()


class NewAccountForm(AccountForm):
    username = _name(_l("Enter a user name."))


class ChangePasswordForm(NewPassword):
    current = PasswordField(validators=[InputRequired(_l("Enter your current password."))])

    field_order = ("current",)


class LoginForm(FlaskForm):  # type: ignore[misc]
    username = StringField(validators=[InputRequired(_l("Enter your user name."))])
    password = PasswordField(validators=[InputRequired(_l("Enter your password."))])


class CodeForm(FlaskForm):  # type: ignore[misc]
    """A code of an authenticator app or a recovery code, or the answer of a passkey."""

    code = StringField()
    credential = HiddenField()

    def validate_code(self, field: Field) -> None:
        if not field.data and not self.credential.data:
            raise ValidationError(_("Enter the code."))


class ConfirmForm(FlaskForm):  # type: ignore[misc]
    """Password and second factor, asked again amid another form, whose fields have other names."""

    confirm_password = PasswordField(validators=[InputRequired(_l("Enter your password."))])
    confirm_code = StringField()
    confirm_credential = HiddenField()


class PasskeyForm(FlaskForm):  # type: ignore[misc]
    name = _name(_l("Enter a name."))
    credential = HiddenField()


class PolicyForm(FlaskForm):  # type: ignore[misc]
    second_factor = StringField(validators=[AnyOf([whom.value for whom in RequiredFor])])
