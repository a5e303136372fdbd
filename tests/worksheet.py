"""A reader of the text that symbols write: it understands nothing but what a spreadsheet or a chart would."""

import ast
import math
import operator

OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


def no_power_of_zero(base, exponent):
    """POWER as Excel has it: 0 to the power 0 is an error there."""
    if base == 0 and exponent == 0:
        raise ArithmeticError("#NUM!")
    return math.pow(base, exponent)


EXCEL_FUNCTIONS = {
    "MIN": min,
    "MAX": max,
    "SUM": lambda *numbers: sum(numbers),
    "POWER": no_power_of_zero,
    "INT": math.floor,
    "IF": None,
}
VEGA_FUNCTIONS = {
    "min": min,
    "max": max,
    "pow": math.pow,
    "ceil": math.ceil,
    "clamp": lambda x, low, high: min(max(x, low), high),
}


def calculated(text, sheet, functions=EXCEL_FUNCTIONS):
    """What a text comes to, given what its names stand for: numbers, or texts of their own."""
    known = {}

    def named(name):
        if name not in known:
            known[name] = calculated_text(sheet[name]) if isinstance(sheet[name], str) else sheet[name]
        return known[name]

    def calculated_text(text):
        assert "--" not in text, text
        return value(ast.parse(text.replace("=", "=="), mode="eval").body)

    def value(node):
        match node:
            case ast.Constant(value=int() | float() as number):
                return number
            case ast.Name(id=name):
                return named(name)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -value(operand)
            case ast.BinOp(left=left, op=symbol, right=right):
                return OPERATORS[type(symbol)](value(left), value(right))
            case ast.Call(
                func=ast.Name(id="IF"),
                args=[ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]), then, other],
            ) if "IF" in functions:
                return value(then) if value(left) == value(right) else value(other)
            case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
                return functions[name](*map(value, arguments))
        raise AssertionError(f"not understood: {ast.dump(node)}")

    return calculated_text(text)
