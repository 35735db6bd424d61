"""Two PostgreSQL servers of an installation: a primary and its synchronous standby.

They have the settings and the roles of `packaging/cluster`, so that these are tested too. Either of the two may be the primary.
"""
import os
import shutil
import subprocess

from processes import ROOT, as_database_user, database_programs, free_ports, until

PACKAGING = ROOT / "packaging" / "cluster"


class Database:
    """One server in a folder of its own, on a port of the loopback address and a socket in the installation's folder."""

    def __init__(self, folder, name, settings=()):
        """`settings` are more ones, as `name=value`."""
        self.folder, self.name, self.settings = folder, name, settings
        self.data = folder / name
        self.programs = database_programs()
        [self.port] = free_ports(1)

    def run(self, name, *arguments, check=True):
        """Runs a program of PostgreSQL as the database user."""
        done = subprocess.run(
            as_database_user([self.programs / name, *arguments]), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, cwd="/")
        if check and done.returncode:
            raise RuntimeError(f"{name} of {self.name} exited with {done.returncode}: {done.stdout[-2000:]}")
        return done

    def create(self):
        """Makes an empty server."""
        self.run("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        settings = (PACKAGING / "postgresql.conf").read_text()
        subprocess.run(as_database_user(["tee", "-a", self.data / "postgresql.conf"]), input=settings, text=True, check=True,
                       stdout=subprocess.DEVNULL)

    def copy(self, primary):
        """Makes a standby of another server, in place of what is in the folder."""
        if self.data.exists():
            shutil.rmtree(self.data)
        self.run("pg_basebackup", "-D", self.data, "-R", "-X", "stream", "-c", "fast", "--no-sync", "-d",
                 f"host={self.folder} port={primary.port} user=frontline_replication application_name={self.name}")

    def start(self):
        own = f"-p {self.port} -k {self.folder}"
        for setting in ("listen_addresses=127.0.0.1", f"cluster_name={self.name}", *self.settings):
            own += f" -c {setting}"
        # Without -l, the server would keep the output of pg_ctl open, and the caller would wait for it.
        self.run("pg_ctl", "-D", self.data, "-w", "-t", "60", "-l", self.folder / f"{self.name}.log", "-o", own, "start")

    def stop(self, mode="fast"):
        """Stops it; `immediate` is a crash: nothing is written any more."""
        self.run("pg_ctl", "-D", self.data, "-w", "-m", mode, "stop", check=False)

    def promote(self):
        self.run("pg_ctl", "-D", self.data, "-w", "promote")

    def sql(self, statements, database="frontline", **variables):
        """What statements give, row by row, columns separated by `|`."""
        named = [part for key, value in variables.items() for part in ("-v", f"{key}={value}")]
        done = subprocess.run(
            [str(self.programs / "psql"), "-h", str(self.folder), "-p", str(self.port), "-U", "postgres", "-d", database,
             "-qAtX", "-v", "ON_ERROR_STOP=1", *named, "-f", "-"],
            input=statements, capture_output=True, text=True, env={**os.environ, "PGCONNECT_TIMEOUT": "5"})
        if done.returncode:
            raise RuntimeError(f"{self.name}: {done.stderr.strip()}")
        return done.stdout.splitlines()


class Pair:
    """A primary and a standby that confirms every commit."""

    def __init__(self, folder, settings=()):
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        self.both = [Database(folder, name, settings) for name in ("db1", "db2")]
        self.primary, self.standby = self.both

    def start(self):
        self.primary.create()
        self.primary.start()
        # Nobody confirms commits before there is a standby.
        self.relax()
        self.primary.sql((PACKAGING / "roles.sql").read_text(), database="postgres")
        self.standby.copy(self.primary)
        self.standby.start()
        self.require_standby()

    def sql(self, statements, **variables):
        return self.primary.sql(statements, **variables)

    def set(self, name, value):
        """Changes a setting of the primary at once; None takes the change back."""
        change = f"SET {name} = '{value}'" if value is not None else f"RESET {name}"
        # `postgres` is there before the store's database is. This session must not wait for a standby that is gone.
        self.primary.sql(f"SET synchronous_commit = local; ALTER SYSTEM {change}; SELECT pg_reload_conf();", database="postgres")

    def relax(self):
        """Lets the primary commit alone."""
        self.set("synchronous_standby_names", "")

    def require_standby(self):
        """Has commits wait for the standby again, and waits until it confirms them."""
        self.set("synchronous_standby_names", None)
        until(30, "the standby is synchronous", self.has_synchronous_standby)

    def has_synchronous_standby(self):
        states = self.primary.sql("SELECT sync_state FROM pg_stat_replication;", database="postgres")
        return bool({"sync", "quorum"} & set(states))

    def crash(self):
        """Ends the primary as a loss of power would, and starts it again."""
        self.primary.stop("immediate")
        self.primary.start()

    def fail_over(self):
        """Ends the primary for good and promotes the standby, which then commits alone."""
        self.primary.stop("immediate")
        self.standby.promote()
        self.primary, self.standby = self.standby, self.primary
        self.relax()

    def rejoin(self):
        """Makes the former primary the standby of the present one."""
        self.standby.copy(self.primary)
        self.standby.start()
        self.require_standby()

    def stop(self):
        for database in self.both:
            database.stop("immediate")
