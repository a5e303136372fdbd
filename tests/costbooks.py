"""A workbook in the shape of Greater Manchester's unit cost database: headings in two rows on many sheets."""

import openpyxl

TOP = [
    "Outcome category", "Outcome detail", "Cost code", "Cost / saving detail",
    "Agency bearing the cost / making the saving", None, "Unit", "Fiscal Cost", None, None,
    "Original source", "RAG assessment", "Comment",
]  # fmt: skip
BELOW = [
    None, None, None, None, "Level 1", "Level 2", None,
    "Estimated cost/saving", "Year", "Updated cost/saving", None, None, None,
]  # fmt: skip
COSTS = {
    "Crime": [
        ("CR1.0", "Anti-social behaviour\nfurther action", "Police", "Per incident", 500, "2002/03", 659.82),
        ("CR1.1", "ASB: no further action", "Police", "Per incident", 35, "2002/03", 46.19),
        ("CR8.0", "First-time entrant to the YJS", "Criminal Justice", "Each", 9219, "2005/06", 11343.7),
    ],
    "Fire": [("FI1.0", "Fire: deliberate", "Fire Service", "Per fire", 3121, "2008/09", 3561.7)],
    "Health": [
        ("HE1.0", "A&E attendance", "NHS", "Per incident", 114, "2011/12", 117.25),
        ("HE2.0", "GP consultation", "NHS", "Per hour", 36, 2012, 37),
    ],
}  # fmt: skip


def costs_of_the_workbook():
    """What a pack made from the workbook holds: value and price year by name."""
    return {
        "cr1_0_anti_social_behaviour_further_action": (500, "2002-03"),
        "cr1_1_asb_no_further_action": (35, "2002-03"),
        "cr8_0_first_time_entrant_to_the_yjs": (9219, "2005-06"),
        "fi1_0_fire_deliberate": (3121, "2008-09"),
        "he1_0_a_e_attendance": (114, "2011-12"),
        "he2_0_gp_consultation": (36, 2012),
    }


def published(path):
    """Write the workbook, with an introduction, a hidden summary and a sheet of lists."""
    book = openpyxl.Workbook()
    book.active.title = "Introduction"
    book.active["C2"] = "Unit Cost Database: Introduction"
    summary = book.create_sheet("Summary")
    summary.sheet_state = "hidden"
    for row in (["Description", "Cost", "Unit", "Year"], ["Hidden cost", 1, "each", 2012]):
        summary.append(row)
    for name, costs in COSTS.items():
        sheet = book.create_sheet(name)
        sheet.append(TOP)
        sheet.append(BELOW)
        for area in ("A1:A2", "D1:D2", "E1:F1", "G1:G2", "H1:J1", "K1:K2"):
            sheet.merge_cells(area)
        for code, what, agency, unit, *figures in costs:
            sheet.append(
                [name.upper(), "-", code, what, agency, None, unit, *figures, "A report", "G", "Note"]
            )
        sheet.append([None] * 7 + [sum(cost[4] for cost in costs)])
        sheet.append([])
        sheet.append(["Do not delete rows", *[None] * 7, "2013/14"])
        sheet.append([*[None] * 8, "2012/13"])
    lists = book.create_sheet("Lookups")
    lists["B7"], lists["B8"] = "Unit lookup", "Each"
    book.save(path)
