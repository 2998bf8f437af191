"""`Message`: an English sentence that can also be said in another language."""

from typing import Any, Self


class Message(str):
    """An English sentence: the text of `template` with `values` filled in, as `str.format` does.

    Errors of this package hold one. Who says them in another language looks the template up and
    fills in the values; a value may be a Message itself.
    """

    template: str
    values: dict[str, Any]

    def __new__(cls, template: str, /, **values: Any) -> Self:
        """Fill in the template."""
        message = super().__new__(cls, template.format(**values))
        message.template, message.values = template, values
        return message

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        # An unpickled copy is made from the template, not from the filled text.
        return (self.template,), self.values
