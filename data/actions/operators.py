"""Who signs in at the desk (登录): a name and a PIN; the chief judge's PIN confirms and reopens.

The PIN keeps honest people apart, so that two of them read a sheet. It is no guard against whoever can copy the file.
"""

import hashlib
from datetime import timedelta

from data import models
from data.errors import InvalidInput, NotAllowed, NotFound
from data.i18n import _
from data.queries import operators
from data.rules.identity import clean_name, fold_width, is_same_name
from data.store import Store

LEAST_DIGITS, MOST_DIGITS = 4, 8
LONGEST_NAME = 40
_SALT_BYTES = 16
_SCRYPT_COST = 1 << 13  # some 20 ms: the desk does not wait, trying all PINs does
_MOST_WRONG = 5
_PAUSE = timedelta(seconds=30)


def add(store: Store, actor: str, name: str, pin: str, *, chief: bool = False) -> int:
    """Let somebody sign in; returns the operator's id. One who was retired is let in again under the new PIN.

    Raises:
        InvalidInput: the name is empty, too long, there already or like one that is, or the PIN is not 4 to 8 digits.
        NotAllowed: there is a chief judge already, and none has signed in.
    """
    with store.write(actor, "operators.add") as writing:
        _refuse_outsider(store, actor)
        name = _name(name)
        secret = _secret(store, pin)
        row = models.Operator.get_or_none(models.Operator.name == name)
        alike = next((one.name for one in models.Operator.select() if is_same_name(one.name, name)), None)
        if row is None and alike is not None:
            raise InvalidInput(
                _("{name} and {other} would be taken for one person.").format(name=name, other=alike),
                todo=_("Give another name, such as one with the unit behind it."),
            )
        if row is None:
            return writing.insert(models.Operator, name=name, chief=chief, **secret)
        if not row.retired:
            raise InvalidInput(
                _("{name} signs in here already.").format(name=name), todo=_("Give another name, or set a new PIN.")
            )
        writing.update(row, chief=chief, retired=False, **secret)
        return int(row.id)


def set_pin(store: Store, actor: str, operator_id: int, pin: str) -> None:
    """Give somebody a new PIN.

    Raises:
        InvalidInput: the PIN is not 4 to 8 digits.
        NotFound: there is no such operator.
        NotAllowed: neither the person nor a chief judge has signed in.
    """
    with store.write(actor, "operators.set_pin") as writing:
        row = _row(operator_id)
        if row.name not in store.sign_ins.names:
            _refuse_outsider(store, actor)
        writing.update(row, **_secret(store, pin))


def retire(store: Store, actor: str, operator_id: int) -> None:
    """Somebody does not sign in any more; what was done under the name stays.

    Raises:
        NotFound: there is no such operator.
        NotAllowed: no chief judge has signed in, though there is one; or the last one goes before the others.
    """
    with store.write(actor, "operators.retire") as writing:
        _refuse_outsider(store, actor)
        row = _row(operator_id)
        others = [one for one in operators.active() if one.id != row.id]
        if row.chief and others and not any(one.chief for one in others):
            raise NotAllowed(
                _("The last chief judge stays while others sign in."),
                todo=_("Add another chief judge first."),
            )
        writing.update(row, retired=True)
    store.sign_ins.names.discard(row.name)


def sign_in(store: Store, name: str, pin: str) -> str:
    """Somebody sits down at the desk; returns the name as it is written with every action.

    Raises:
        NotAllowed: no such name, a wrong PIN, or too many wrong ones.
    """
    with store.read():
        found = _check(store, name, pin, chief=False)
    store.sign_ins.names.add(found)
    return found


def sign_out(store: Store, name: str) -> None:
    """Somebody leaves the desk."""
    store.sign_ins.names.discard(name)


def chief(store: Store, name: str, pin: str) -> str:
    """The name of the chief judge who types this PIN; runs inside `store.read()` or `store.write()`.

    Raises:
        NotAllowed: there is no chief judge of this name, the PIN is wrong, or too many were.
    """
    return _check(store, name, pin, chief=True)


def refuse_stranger(store: Store, actor: str) -> None:
    """Refuse whoever has not signed in, where others than the chief judge do; runs inside `store.write()`.

    Raises:
        NotAllowed: people sign in here, and the actor has not.
    """
    if actor not in store.sign_ins.names and operators.is_needed():
        raise NotAllowed(
            _("Here only people who have signed in enter or decide anything."),
            where=actor,
            todo=_("Sign in with your name and PIN at the top of the window."),
        )


def _refuse_outsider(store: Store, actor: str) -> None:
    """Who may sign in is decided by a chief judge, as soon as there is one."""
    chiefs = {one.name for one in operators.active() if one.chief}
    if chiefs and not chiefs & store.sign_ins.names:
        raise NotAllowed(
            _("Only the chief judge decides who signs in."),
            where=actor,
            todo=_("Let the chief judge sign in first: {names}.").format(names="、".join(sorted(chiefs))),
        )


def _check(store: Store, name: str, pin: str, *, chief: bool) -> str:
    name = clean_name(name)
    now = store.clock()
    wrong = [at for at in store.sign_ins.wrong.get(name, ()) if now - at < _PAUSE]
    if len(wrong) >= _MOST_WRONG:
        raise NotAllowed(
            _("Too many wrong PINs were typed for {name}.").format(name=name),
            todo=_("Wait half a minute, then try again."),
        )
    row = models.Operator.get_or_none(models.Operator.name == name, ~models.Operator.retired)
    if row is None or (chief and not row.chief):
        raise NotAllowed(
            _("{name} is no chief judge who signs in here.").format(name=name)
            if chief
            else _("{name} does not sign in here.").format(name=name),
            todo=_("Choose a name of the list; the setup page says who signs in."),
        )
    if _hash(fold_width(pin).strip(), row.salt) != row.pin_hash:
        store.sign_ins.wrong[name] = [*wrong, now]
        raise NotAllowed(_("The PIN is not that of {name}.").format(name=name), todo=_("Type it again."))
    store.sign_ins.wrong.pop(name, None)
    return str(row.name)


def _name(name: str) -> str:
    name = clean_name(name)
    if not name or len(name) > LONGEST_NAME:
        raise InvalidInput(
            _("A name has 1 to {most} characters.").format(most=LONGEST_NAME),
            where=name,
            todo=_("Type the name again."),
        )
    return name


def _secret(store: Store, pin: str) -> dict[str, str]:
    pin = fold_width(pin).strip()
    if not (LEAST_DIGITS <= len(pin) <= MOST_DIGITS and pin.isascii() and pin.isdigit()):
        raise InvalidInput(
            _("A PIN is {least} to {most} digits.").format(least=LEAST_DIGITS, most=MOST_DIGITS),
            todo=_("Type another one."),
        )
    salt = store.entropy(_SALT_BYTES).hex()
    return {"salt": salt, "pin_hash": _hash(pin, salt)}


def _hash(pin: str, salt: str) -> str:
    return hashlib.scrypt(pin.encode(), salt=bytes.fromhex(salt), n=_SCRYPT_COST, r=8, p=1, dklen=32).hex()


def _row(operator_id: int) -> models.Operator:
    row: models.Operator | None = models.Operator.get_or_none(
        models.Operator.id == operator_id, ~models.Operator.retired
    )
    if row is None:
        raise NotFound(_("This person does not sign in here any more."), todo=_("Look at the list again."))
    return row
