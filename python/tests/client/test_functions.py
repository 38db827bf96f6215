from __future__ import annotations

import ast
import inspect
import json
import re
import warnings
from pathlib import Path

import pytest

from troupe.sql import functions as F
from troupe.sql.column import Column
from troupe.sql.functions import _registry

TREES = json.loads((Path(__file__).parent / "function_trees.json").read_text())


def _shown(expr):
    kind = expr["e"]
    if kind == "col":
        return expr["name"]
    if kind == "star":
        return "*"
    if kind == "lit":
        value = expr["value"]
        text = "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
        return "SEED" if re.fullmatch(r"-?\d{8,}", text) else f"'{text}'"
    args = ", ".join(map(_shown, expr["args"]))
    return f"{expr['fn']}({args}){'D' if expr.get('distinct') else ''}"


def _argument(text):
    return F.col(text[1:]) if text.startswith("@") else eval(text)


@pytest.mark.parametrize("name", sorted(TREES))
def test_a_function_makes_the_tree_that_pyspark_makes(name):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        for arguments, expected in TREES[name].values():
            made = getattr(F, name)(*map(_argument, arguments))
            assert _shown(made._expr) == expected


def test_every_function_of_the_registry_can_be_called_by_its_python_name():
    for name, entry in _registry.entries().items():
        function = getattr(F, name)
        assert callable(function), name
        assert entry.kind in {"scalar", "aggregate", "window", "generator", "higher_order", "special"}


def test_signatures_are_pysparks():
    assert list(inspect.signature(F.substring).parameters) == ["str", "pos", "len"]
    assert inspect.signature(F.split).parameters["limit"].default == -1
    assert inspect.signature(F.coalesce).parameters["cols"].kind is inspect.Parameter.VAR_POSITIONAL
    assert inspect.signature(F.lag).parameters["offset"].default == 1


def test_a_star_import_brings_functions_only():
    scope: dict = {}
    exec("from troupe.sql.functions import *", scope)
    assert callable(scope["upper"])
    assert callable(scope["udf"])
    assert "Column" not in scope


def test_old_names_warn():
    with pytest.warns(FutureWarning, match="use bitwise_not instead"):
        assert isinstance(F.bitwiseNOT("a"), Column)


def test_an_unknown_function_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no_such_function"):
        F.no_such_function  # noqa: B018


def test_the_stub_file_knows_every_function_with_its_parameters():
    stub = Path(inspect.getfile(F)).with_suffix(".pyi")
    known = {
        node.name: [a.arg for a in (*node.args.args, *node.args.kwonlyargs)]
        for node in ast.parse(stub.read_text()).body
        if isinstance(node, ast.FunctionDef)
    }
    for name in dir(F):
        value = getattr(F, name)
        if not isinstance(value, type):
            params = inspect.signature(value).parameters.values()
            assert known[name] == [p.name for p in params if p.kind is not p.VAR_POSITIONAL], (
                f"{name}: run troupe.sql.functions._stubs"
            )
