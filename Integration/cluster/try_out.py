"""Starts three nodes, HAProxy and a primary with a synchronous standby, and says what to try; Ctrl-C ends all of it.

usage: try_out.py [--keep]

The nodes have the samples: articles, rules and scripts. Everything is in a temporary folder, which `--keep` leaves.
It needs PostgreSQL and HAProxy. Loopback addresses only; standard library only.
"""
import argparse
import signal
import sys

from installation import Installation
from processes import ROOT, Missing, as_database_user
# After `processes`, which says where it is.
from frontline_process import binary

TEXT = """
{balancer}   HAProxy: desktops connect here
{nodes}
{databases}

In another terminal:

  export PATH="{program}:$PATH" FRONTLINE_CONNECT={balancer}
  export FRONTLINE_STORE='{store}'
  export FRONTLINE_TOKEN={agent}     # anna, an agent
  frontline call server.info                                   # which node answers; again, for the next one
  frontline knowledge search 'my parcel is late'
  frontline call conversation.open '{{"conversation_id": "call-1", "channel": "voice"}}'
  frontline call conversation.observe '{{"conversation_id": "call-1", "speaker": "customer", "text": "I want to speak to your supervisor right now!"}}'

  FRONTLINE_TOKEN={chief} frontline alerts tail --after 0 --connect {last}     # sofia, her supervisor, on the last node
  frontline store check

What may happen to it:

  kill -9 {process}                      # node1 dies; calls go on elsewhere
  curl http://127.0.0.1:{health}/health       # the same that HAProxy asks
  echo 'set server nodes/node2 state drain' | socat stdio {control}     # before an upgrade
  {control_program} -D {primary} -m immediate stop      # the database crashes: searches go on from memory
  {control_program} -D {standby} promote                # the standby takes over; it commits alone after:
  psql -h {folder} -p {standby_port} -U postgres -c "SET synchronous_commit = local" -c "ALTER SYSTEM SET synchronous_standby_names = ''" -c "SELECT pg_reload_conf()"

Ctrl-C ends everything.
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--keep", action="store_true", help="leave the folder")
    options = parser.parse_args()

    def leave(*_):
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, leave)
    try:
        with Installation("--knowledge", ROOT / "knowledge", rules=ROOT / "rules", keep=options.keep) as own:
            pair, nodes = own.pair, own.nodes
            print(TEXT.format(
                balancer=f"127.0.0.1:{own.balancer.port}",
                nodes="\n".join(f"127.0.0.1:{node.port}   {node.name}, its log is {node.folder}/log" for node in nodes),
                databases="\n".join(f"127.0.0.1:{base.port}   {base.name}, the {role}" for base, role in ((pair.primary, "primary"), (pair.standby, "standby"))),
                program=binary().rsplit("/", 1)[0], store=own.store, last=f"127.0.0.1:{nodes[-1].port}",
                agent=own.token("anna", "agent", team="delivery", tier="1"), chief=own.token("sofia", "supervisor", team="delivery", tier="2"),
                process=nodes[0].server_id(), health=nodes[0].health_port, control=own.balancer.control, folder=own.folder,
                control_program=" ".join(as_database_user([pair.primary.programs / "pg_ctl"])), primary=pair.primary.data, standby=pair.standby.data,
                standby_port=pair.standby.port), flush=True)
            signal.pause()
    except KeyboardInterrupt:
        print("ended")
        return 0
    except Missing as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
