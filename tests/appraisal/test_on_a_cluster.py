"""Many studies simulated on a Dask cluster of two worker processes, of which one is killed in the middle."""

import os
import signal

import pytest
from test_simulate_many import PROGRAMMES, many_of, programme

distributed = pytest.importorskip("distributed", reason="SKIPPED: no dask.distributed is installed")

MANY = [*PROGRAMMES, *(programme(f"p{number}", 40 + number) for number in range(21))]


@pytest.mark.filterwarnings("ignore")  # the cluster's own, about a worker that is gone
def test_a_worker_that_is_killed_changes_nothing(tmp_path):
    whole = many_of(*MANY)
    cluster = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, local_directory=tmp_path
    )
    with cluster, distributed.Client(cluster) as client:
        pids, killed = client.run(os.getpid), []

        def told(_, done, of):
            if done == 4:
                killed.append(next(iter(pids.values())))
                os.kill(killed[0], signal.SIGKILL)
            assert of == len(MANY)

        found = many_of(*MANY, executor=client.get_executor(), on_study=told)
        assert len(killed) == 1
    assert found == whole
