"""Queries whose SQL is written once: what changes from one time to the next is only their values.

Writing the SQL of a queryset with its joins takes Django longer than the database needs to answer it. A page that
everybody asks for, and above all what is done while others wait for a lock, says its queryset once, with a ``Slot``
where each value goes. The rows come back as the queryset's own: models, joined models, tuples, converted alike.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import Expression, Field, Model, QuerySet
from django.utils.module_loading import import_string


class Slot(Expression):
    """The place of a value: ``filter(number=Slot("number", CharField()))``. Not for ``in``, nor for what may be None.

    ``field`` says how the value is written for the database.
    """

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """A placeholder; the slot itself stands for its value until there is one."""
        return "%s", [self]

    def written(self, values: dict[str, Any], connection: Any) -> Any:
        """The value as the database takes it."""
        return self.output_field.get_db_prep_value(values[self.name], connection)


class Prepared[M: Model, Row]:
    """``make`` builds the queryset when it is first asked; ``rows`` and ``first`` fill its slots."""

    def __init__(self, make: "Callable[[], QuerySet[M, Row]]") -> None:
        self._make = make
        self._kept = threading.local()

    def first(self, **values: Any) -> Row | None:
        """The first row, or None: the queryset itself says in which order, and how many it reads."""
        return next(iter(self.rows(**values)), None)

    def rows(self, **values: Any) -> list[Row]:
        """All the rows, for these values of the slots."""
        connection = connections[DEFAULT_DB_ALIAS]
        if getattr(self._kept, "connection", None) is not connection:
            self._write(connection)
        sql, params, compiler, queryset = self._kept.written
        filled = tuple(one.written(values, connection) if isinstance(one, Slot) else one for one in params)
        compiler.as_sql = lambda *_how, **_named: (sql, filled)
        with planned_once(connection):
            return list(queryset._iterable_class(queryset))

    def _write(self, connection: Any) -> None:
        """Writes the SQL for this thread's connection; the compiler keeps which column goes where."""
        queryset = self._make()
        query: Any = queryset.query
        compiler = query.get_compiler(using=DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        converters = compiler.get_converters([one[0] for one in compiler.select[: compiler.col_count]])
        compiler.get_converters = lambda _columns: converters
        query.get_compiler = lambda *_how, **_named: compiler
        self._kept.connection, self._kept.written = connection, (sql, params, compiler, queryset)


#: After so many times on one connection, PostgreSQL keeps the plan of a statement.
_TIMES = 2


@contextmanager
def planned_once(connection: Any) -> Iterator[None]:
    """What is executed meanwhile, PostgreSQL parses and plans once for each connection, values apart; SQLite does so by
    itself. Planning nine joined tables takes it ten times as long as finding one row in them.
    """
    if connection.vendor != "postgresql":
        yield
        return
    connection.ensure_connection()
    held = connection.connection
    before, held.cursor_factory, held.prepare_threshold = held.cursor_factory, _values_apart(), _TIMES
    try:
        yield
    finally:
        held.cursor_factory, held.prepare_threshold = before, None


@cache
def _values_apart() -> Any:
    """The cursor of Django's own that sends values beside the statement."""
    return import_string("django.db.backends.postgresql.base.ServerBindingCursor")


#: Values that every database takes as they are, in fields that do nothing with them.
_PLAIN = (str, int, float, bool, type(None))
_PLAIN_FIELDS = {
    models.BooleanField, models.CharField, models.FloatField, models.ForeignKey, models.IntegerField, models.OneToOneField,
    models.PositiveIntegerField, models.PositiveSmallIntegerField, models.SlugField, models.TextField,
}  # fmt: skip


def insert(
    model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]], *, unique: Sequence[str] = ()
) -> list[Any]:  # fmt: skip
    """Inserts ``rows``, each the values of the fields ``names``; gives their keys. Of a row whose ``unique`` fields
    stand already, the other fields are replaced.
    """
    connection, meta = connections[DEFAULT_DB_ALIAS], model._meta
    fields: list[Any] = [meta.get_field(name) for name in names]
    quoted, most = connection.ops.quote_name, max(1, 20_000 // len(fields))
    pairs = [(one, type(one) in _PLAIN_FIELDS) for one in fields]
    values = [
        [
            it if plain and type(it) in _PLAIN else one.get_db_prep_save(it, connection)
            for (one, plain), it in zip(pairs, row, strict=True)
        ]
        for row in rows
    ]
    column = {name: quoted(field.column) for name, field in zip(names, fields, strict=True)}
    head = f"INSERT INTO {quoted(meta.db_table)} ({', '.join(column.values())}) VALUES "
    tail, keys = f" RETURNING {quoted(str(meta.pk.column))}", []
    if unique:
        replaced = ", ".join(f"{column[name]} = EXCLUDED.{column[name]}" for name in names if name not in unique)
        tail = f" ON CONFLICT ({', '.join(column[name] for name in unique)}) DO UPDATE SET {replaced}{tail}"
    one = f"({', '.join(['%s'] * len(fields))})"
    with planned_once(connection) if len(values) == 1 else nullcontext(), connection.cursor() as cursor:
        for start in range(0, len(values), most):
            some = values[start : start + most]
            cursor.execute(head + ", ".join([one] * len(some)) + tail, [it for row in some for it in row])
            keys += [row[0] for row in cursor.fetchall()]
    return keys


def put_many(things: Sequence[Model]) -> None:
    """Inserts things of one model, none saved yet, in their order; each then has its key. What they point to is saved."""
    if not things:
        return
    model = type(things[0])
    fields = [one for one in model._meta.concrete_fields if not (one.primary_key and isinstance(one, models.AutoField))]
    names = [one.attname for one in fields]
    keys = insert(model, [one.name for one in fields], ([getattr(thing, name) for name in names] for thing in things))
    for thing, key in zip(things, keys, strict=True):
        thing.pk = key
        thing._state.adding, thing._state.db = False, DEFAULT_DB_ALIAS


def put(thing: Model, names: Sequence[str]) -> None:
    """Inserts one row, these fields of ``thing``, which then has its key."""
    values = [getattr(thing, thing._meta.get_field(name).attname) for name in names]  # type: ignore[union-attr]  # columns
    thing.pk = insert(type(thing), names, [values])[0]
    thing._state.adding, thing._state.db = False, DEFAULT_DB_ALIAS


def update(thing: Model, names: Iterable[str]) -> None:
    """Writes these fields of one row that exists."""
    connection, meta = connections[DEFAULT_DB_ALIAS], thing._meta
    quoted = connection.ops.quote_name
    fields: list[Any] = [meta.get_field(name) for name in names]
    changes = ", ".join(f"{quoted(field.column)} = %s" for field in fields)
    values = [field.get_db_prep_save(getattr(thing, field.attname), connection) for field in (*fields, meta.pk)]
    with planned_once(connection), connection.cursor() as cursor:
        sql = f"UPDATE {quoted(meta.db_table)} SET {changes} WHERE {quoted(str(meta.pk.column))} = %s"
        cursor.execute(sql, values)
