from sroi.results.alternatives import Alternative as Alternative
from sroi.results.alternatives import Alternatives as Alternatives
from sroi.results.base import Record as Record
from sroi.results.base import Result as Result
from sroi.results.belief import Belief as Belief
from sroi.results.belief import Frontier as Frontier
from sroi.results.breakeven import Breakeven as Breakeven
from sroi.results.breakeven import Target as Target
from sroi.results.breakeven import Unknown as Unknown
from sroi.results.difference import Changed as Changed
from sroi.results.difference import Difference as Difference
from sroi.results.difference import Explained as Explained
from sroi.results.difference import Moved as Moved
from sroi.results.difference import Part as Part
from sroi.results.difference import Where as Where
from sroi.results.evaluation import Evaluation as Evaluation
from sroi.results.explanation import Explanation as Explanation
from sroi.results.indices import Indices as Indices
from sroi.results.information import Information as Information
from sroi.results.information import Worth as Worth
from sroi.results.ledger import Ledger as Ledger
from sroi.results.ledger_parts import (
    Adjustment as Adjustment,
)
from sroi.results.ledger_parts import (
    DemandLine as DemandLine,
)
from sroi.results.ledger_parts import (
    Entry as Entry,
)
from sroi.results.ledger_parts import (
    FunderShare as FunderShare,
)
from sroi.results.ledger_parts import (
    GreenBook as GreenBook,
)
from sroi.results.ledger_parts import (
    Payback as Payback,
)
from sroi.results.ledger_parts import (
    Posting as Posting,
)
from sroi.results.ledger_parts import (
    Ratio as Ratio,
)
from sroi.results.ledger_parts import (
    Statement as Statement,
)
from sroi.results.ledger_parts import (
    WellbeingLine as WellbeingLine,
)
from sroi.results.many import FailedStudy as FailedStudy
from sroi.results.many import SimulatedStudy as SimulatedStudy
from sroi.results.many import Simulations as Simulations
from sroi.results.options import Option as Option
from sroi.results.options import Options as Options
from sroi.results.options import Switch as Switch
from sroi.results.options import UnpricedWorth as UnpricedWorth
from sroi.results.ranged import Ranged as Ranged
from sroi.results.returns import LedgerSpread as LedgerSpread
from sroi.results.returns import ReturnSpread as ReturnSpread
from sroi.results.rows import InputRow as InputRow
from sroi.results.rows import OutcomeRow as OutcomeRow
from sroi.results.sensitivity import Parameter as Parameter
from sroi.results.sensitivity import Sensitivity as Sensitivity
from sroi.results.sensitivity import Swing as Swing
from sroi.results.simulation import Simulation as Simulation
from sroi.results.spread import Spread as Spread
from sroi.results.switching import SwitchingValue as SwitchingValue
from sroi.results.switching import SwitchingValues as SwitchingValues
from sroi.results.verification import Drift as Drift
from sroi.results.verification import Verification as Verification
