"""The table of commands: what each does, in groups by task, with one example that runs as it stands."""

from __future__ import annotations

GROUPS: dict[str, dict[str, tuple[str, str]]] = {
    "Answer": {
        "evaluate": (
            (
                "Say what £1 gives, how sure that is, and of what. It gives the ratio, net present value, "
                "value map, and where the numbers come from."
            ),
            "sroi evaluate local-area-coordination --place derby",
        ),
        "ledger": (
            (
                "Say who pays and who gains. It keeps savings and social value apart, with returns to "
                "each payer, demand avoided."
            ),
            "sroi ledger local-area-coordination --place derby --by payer",
        ),
        "explain": (
            (
                "Explain one outcome or one number. It gives each step to the present value, and where each "
                "number comes from."
            ),
            "sroi explain local-area-coordination less_alone_more_in_control --place derby",
        ),
        "claims": (
            "Set public claims beside what the models give.",
            "sroi claims derby",
        ),
        "claim": (
            "Say what one would have to believe for a claim to hold.",
            "sroi claim derby derby-2016-headline",
        ),
    },
    "Uncertainty": {
        "simulate": (
            (
                "Vary every uncertain number at once. It gives the range of the ratio, and how often the "
                "claims are reached."
            ),
            "sroi simulate befriending --place york --draws 2000",
        ),
        "sensitivity": (
            (
                "Say which numbers drive the ratio. It moves each between its own ends, or by its share "
                "of the variance."
            ),
            "sroi sensitivity local-area-coordination --place derby",
        ),
        "switching": (
            (
                "Say what each number would have to be, alone. All others stay as they are, and the ratio "
                "meets a target."
            ),
            "sroi switching local-area-coordination --place derby --target 4",
        ),
        "breakeven": (
            (
                "Say what a number that nobody measured would have to be. It sets that beside what "
                "comparable evidence shows."
            ),
            "sroi breakeven mens-shed --place derby",
        ),
        "scenarios": (
            (
                "Set the study's scenarios beside each other. Besides its own there are all numbers at their "
                "worse ends, and at their better ends."
            ),
            "sroi scenarios local-area-coordination --place derby",
        ),
        "spread": (
            ("Say how much of a ratio is the method. The same evidence goes through each method profile."),
            "sroi spread local-area-coordination --place derby",
        ),
        "information": (
            ("Say what it would be worth to know more. The decision is whether the ratio is above a target."),
            "sroi information befriending --place york --draws 2000",
        ),
    },
    "Decide": {
        "options": (
            (
                "Set the options of one decision against doing nothing. It gives what each costs and gives "
                "more, which is worth the most in how many draws, and what would turn that."
            ),
            "sroi options do-nothing.yaml one-club.yaml two-clubs.yaml",
        ),
    },
    "Review": {
        "check": (
            (
                "Say what a reviewer would ask of a study. It lists where it may claim too much, with what a "
                "change would make of the ratio."
            ),
            "sroi check local-area-coordination --place derby",
        ),
        "compare": (
            (
                "Set studies side by side. It refuses what is not alike, adds up what can be added, and "
                "ranks nothing."
            ),
            "sroi compare --interventions all --places derby,york",
        ),
        "diff": (
            (
                "Say what changed between two studies. It lists the changes, and each one's part of the "
                "difference in ratio and net present value."
            ),
            "sroi diff forecast.yaml evaluation.yaml",
        ),
    },
    "Portfolios": {
        "portfolio-from": (
            (
                "Write studies as the tables of a portfolio. It writes outcomes and inputs of each study in "
                "each place, every number resolved."
            ),
            "sroi portfolio-from befriending local-area-coordination --places derby,york -o portfolio",
        ),
        "portfolio": (
            (
                "Add up many programmes from tables of outcomes and inputs. It gives ratios of sums by "
                "programme, place or payer, and the rows that cannot be counted."
            ),
            "sroi portfolio portfolio --by place --price-year 2024-25",
        ),
    },
    "Reports": {
        "report": (
            (
                "Write a page, PDF, workbook, Word document or Markdown. The page is interactive, the "
                "workbook has live formulas."
            ),
            "sroi report befriending --place york -o york.html --draws 2000",
        ),
        "verify": (
            (
                "Compute a recorded run again, and say what moved. It names each field, and whether engine, "
                "packs, study or method moved it."
            ),
            "sroi verify run.json",
        ),
    },
    "Library": {
        "places": (
            "List the places with a pack, or find any authority.",
            "sroi places --search manchester",
        ),
        "interventions": (
            "List the interventions to evaluate by name.",
            "sroi interventions",
        ),
        "show": (
            "Show what a place or an intervention assumes. It says where each number comes from.",
            "sroi show derby --sources",
        ),
    },
    "Authoring": {
        "new": (
            "Write a commented starting file, a study or a pack. It may be made of tables of your own.",
            "sroi new study our-lunch-club",
        ),
        "schema": (
            (
                "Print the JSON Schema of a study, pack, result or record. It is of draft 2020-12, for "
                "editors and programs."
            ),
            "sroi schema study",
        ),
        "validate": (
            (
                "Say whether files can be used. It reads studies and packs, evaluates nothing, and lists "
                "all that is wrong."
            ),
            "sroi validate our-lunch-club.yaml",
        ),
        "check-packs": (
            (
                "Check every shipped pack, and your own. It looks at sources, rationales, ranges, names, "
                "price years, licences."
            ),
            "sroi check-packs",
        ),
    },
    "Embedding": {
        "serve": (
            (
                "Serve the engine over HTTP. It takes studies as JSON or YAML, and answers as the other "
                "commands do; needs the extra service."
            ),
            "sroi serve --port 8000",
        ),
        "mcp": (
            (
                "Give the engine to an assistant as tools. It speaks the Model Context Protocol over "
                "standard input and output, only reads, and needs the extra mcp."
            ),
            "sroi mcp",
        ),
    },
    "Import and export": {
        "import-value-map": (
            (
                "Read a Value Map as a study. It writes the study of a workbook, and lists each figure of "
                "it that its own numbers do not give."
            ),
            "sroi import-value-map map.xlsx -o map.yaml",
        ),
        "export-value-map": (
            ("Write a study as a plain Value Map. It writes a workbook, and says what the map cannot hold."),
            "sroi export-value-map befriending --place york -o map.xlsx",
        ),
        "import": (
            "Bring in data of your own.",
            "sroi import unit-costs costs.csv --pack our-costs",
        ),
    },
}
"""What each command does and an example of it, by task; the first sentence stands in the list of commands."""

SERVERS = frozenset({"serve", "mcp"})
"""Commands that run until they are stopped."""

COMMANDS = {name: does for group in GROUPS.values() for name, (does, _) in group.items()}
"""What each command does, in the order of the help."""

EXAMPLES = {name: example for group in GROUPS.values() for name, (_, example) in group.items()}
"""A command line of each command."""
