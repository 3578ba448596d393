package dev.ablate.engine.runs;

import dev.ablate.engine.runs.point.PointsToChunks;
import dev.ablate.engine.runs.sqlite.Sql;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;

/** The tables, and the one place where a store of an older version is brought up to date. */
final class Schema {

    /** Distinguishes SQLite files of Ablate from those of other programs: "ABLT". */
    private static final int APPLICATION = 0x41424C54;

    /**
     * One step a version, each of which turns version k (0: an empty file) into k + 1. A step that was released is never
     * changed.
     *
     * <p>Columns with measured numbers have no type on purpose: SQLite gives back a double that was put into such a column to
     * the bit, while a REAL column turns -0.0 into 0.0. Times are milliseconds since 1970.
     *
     * <p>Numbers of effects that come from an old {@code report.json} stay text: SQLite may read one wrong in its last bit.
     */
    private static final List<Step> STEPS = List.of(
            script("""
            CREATE TABLE attempt (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              key TEXT NOT NULL,
              status TEXT NOT NULL,
              error TEXT,
              deterministic INTEGER NOT NULL DEFAULT 0,
              started INTEGER NOT NULL,
              ended INTEGER,
              updates INTEGER,
              train_rows INTEGER NOT NULL DEFAULT 0,
              test_rows INTEGER NOT NULL DEFAULT 0,
              superseded INTEGER NOT NULL DEFAULT 0
            );
            CREATE UNIQUE INDEX attempt_current ON attempt (key) WHERE superseded = 0;
            CREATE TABLE param (
              attempt INTEGER NOT NULL REFERENCES attempt ON DELETE CASCADE,
              position INTEGER NOT NULL,
              path TEXT NOT NULL,
              value TEXT NOT NULL,
              PRIMARY KEY (attempt, position)
            ) WITHOUT ROWID;
            CREATE TABLE parameter (
              attempt INTEGER NOT NULL REFERENCES attempt ON DELETE CASCADE,
              position INTEGER NOT NULL,
              name TEXT NOT NULL,
              value,
              PRIMARY KEY (attempt, position)
            ) WITHOUT ROWID;
            CREATE TABLE series (
              id INTEGER PRIMARY KEY,
              name TEXT NOT NULL UNIQUE
            );
            CREATE TABLE point (
              id INTEGER PRIMARY KEY,
              attempt INTEGER NOT NULL REFERENCES attempt ON DELETE CASCADE,
              series INTEGER NOT NULL REFERENCES series,
              step INTEGER NOT NULL,
              value NOT NULL,
              time INTEGER NOT NULL
            );
            CREATE UNIQUE INDEX point_once ON point (attempt, series, step);
            CREATE INDEX point_in_order ON point (attempt, id);
            CREATE TABLE comparison (
              key TEXT PRIMARY KEY,
              name TEXT NOT NULL,
              experiment TEXT NOT NULL,
              tracked INTEGER NOT NULL,
              created INTEGER NOT NULL,
              recorded INTEGER NOT NULL,
              ended INTEGER,
              note TEXT NOT NULL DEFAULT ''
            );
            CREATE TABLE variant (
              comparison TEXT NOT NULL REFERENCES comparison ON DELETE CASCADE,
              position INTEGER NOT NULL,
              name TEXT NOT NULL,
              PRIMARY KEY (comparison, position)
            ) WITHOUT ROWID;
            CREATE TABLE member (
              comparison TEXT NOT NULL REFERENCES comparison ON DELETE CASCADE,
              key TEXT NOT NULL,
              variant TEXT NOT NULL,
              cell TEXT NOT NULL,
              seed INTEGER NOT NULL,
              seed_position INTEGER NOT NULL,
              predictions TEXT,
              PRIMARY KEY (comparison, key)
            ) WITHOUT ROWID;
            CREATE TABLE file (
              comparison TEXT NOT NULL REFERENCES comparison ON DELETE CASCADE,
              path TEXT NOT NULL,
              content BLOB NOT NULL,
              PRIMARY KEY (comparison, path)
            );
            CREATE TABLE delivery (
              destination TEXT NOT NULL,
              experiment TEXT NOT NULL,
              comparison TEXT NOT NULL,
              attempt INTEGER NOT NULL,
              mlflow_run TEXT NOT NULL,
              points_through INTEGER NOT NULL,
              digest TEXT NOT NULL,
              complete INTEGER NOT NULL,
              PRIMARY KEY (destination, experiment, comparison, attempt)
            ) WITHOUT ROWID;
            CREATE INDEX delivery_of ON delivery (attempt);
            """),
            script("""
            ALTER TABLE attempt ADD COLUMN stopped INTEGER NOT NULL DEFAULT 0;
            """),
            script("""
            CREATE TABLE proof (
              destination TEXT NOT NULL,
              experiment TEXT NOT NULL,
              comparison TEXT NOT NULL,
              attempt INTEGER NOT NULL,
              verified INTEGER NOT NULL,
              words TEXT NOT NULL,
              PRIMARY KEY (destination, experiment, comparison, attempt)
            ) WITHOUT ROWID;
            """),
            script("""
            CREATE TABLE attempt_file (
              attempt INTEGER NOT NULL REFERENCES attempt ON DELETE CASCADE,
              path TEXT NOT NULL,
              content BLOB NOT NULL,
              PRIMARY KEY (attempt, path)
            );
            CREATE TABLE registration (
              comparison TEXT PRIMARY KEY REFERENCES comparison ON DELETE CASCADE,
              name TEXT NOT NULL,
              key TEXT NOT NULL,
              description TEXT NOT NULL
            ) WITHOUT ROWID;
            """),
            script("""
            CREATE TABLE delivery_place (
              destination TEXT NOT NULL,
              experiment TEXT NOT NULL,
              id TEXT NOT NULL,
              created INTEGER NOT NULL,
              origin INTEGER NOT NULL,
              PRIMARY KEY (destination, experiment)
            ) WITHOUT ROWID;
            CREATE TABLE registered_version (
              destination TEXT NOT NULL,
              comparison TEXT NOT NULL,
              name TEXT NOT NULL,
              model TEXT NOT NULL,
              created INTEGER NOT NULL,
              version TEXT NOT NULL,
              run TEXT NOT NULL,
              PRIMARY KEY (destination, comparison, name)
            ) WITHOUT ROWID;
            CREATE TABLE writer (
              position INTEGER PRIMARY KEY,
              id TEXT NOT NULL UNIQUE
            );
            """),
            script("""
            ALTER TABLE delivery RENAME COLUMN mlflow_run TO remote_run;
            ALTER TABLE comparison ADD COLUMN sentence TEXT NOT NULL DEFAULT '';
            UPDATE comparison SET sentence = coalesce((
              SELECT CAST(content AS TEXT) ->> '$.sentence' FROM file
              WHERE file.comparison = comparison.key AND path = 'report.json' AND json_valid(CAST(content AS TEXT))), '');
            CREATE TABLE effect (
              comparison TEXT NOT NULL REFERENCES comparison ON DELETE CASCADE,
              position INTEGER NOT NULL,
              metric TEXT NOT NULL,
              variant TEXT NOT NULL,
              cell TEXT NOT NULL,
              verdict TEXT NOT NULL,
              difference,
              p,
              low,
              high,
              PRIMARY KEY (comparison, position)
            ) WITHOUT ROWID;
            INSERT INTO effect (comparison, position, metric, variant, cell, verdict, difference, p, low, high)
              SELECT file.comparison, each.key, each.value ->> '$.metric', each.value ->> '$.variant',
                coalesce(each.value -> '$.cell', '{}'), coalesce(each.value ->> '$.verdict', ''),
                nullif(each.value -> '$.difference', 'null'), nullif(each.value -> '$.p', 'null'),
                nullif(each.value -> '$.low', 'null'), nullif(each.value -> '$.high', 'null')
              FROM file, json_each(CAST(file.content AS TEXT), '$.effects') AS each
              WHERE file.path = 'report.json' AND json_valid(CAST(file.content AS TEXT));
            CREATE TABLE provenance (
              attempt INTEGER NOT NULL REFERENCES attempt ON DELETE CASCADE,
              name TEXT NOT NULL,
              value TEXT NOT NULL,
              PRIMARY KEY (attempt, name)
            ) WITHOUT ROWID;
            """),
            script("""
            ALTER TABLE attempt ADD COLUMN results INTEGER NOT NULL DEFAULT 0;
            CREATE TABLE paired (
              comparison TEXT NOT NULL REFERENCES comparison ON DELETE CASCADE,
              key TEXT NOT NULL,
              variant TEXT NOT NULL,
              cell TEXT NOT NULL,
              pair TEXT NOT NULL,
              pair_position INTEGER NOT NULL,
              predictions TEXT,
              PRIMARY KEY (comparison, key)
            ) WITHOUT ROWID;
            INSERT INTO paired (comparison, key, variant, cell, pair, pair_position, predictions)
              SELECT comparison, key, variant, cell, CAST(seed AS TEXT), seed_position, predictions FROM member;
            DROP TABLE member;
            ALTER TABLE paired RENAME TO member;
            """),
            PointsToChunks::change,
            script("ALTER TABLE comparison ADD COLUMN inputs TEXT NOT NULL DEFAULT ''"),
            script("""
            CREATE TABLE note (
              attempt INTEGER NOT NULL REFERENCES attempt ON DELETE CASCADE,
              position INTEGER NOT NULL,
              start INTEGER NOT NULL,
              run TEXT NOT NULL,
              kind TEXT NOT NULL,
              name TEXT NOT NULL,
              step INTEGER NOT NULL,
              time INTEGER NOT NULL,
              value TEXT NOT NULL,
              PRIMARY KEY (attempt, position)
            ) WITHOUT ROWID;
            CREATE INDEX note_of ON note (attempt, run, name, step);
            """));

    /** The version that this program writes. */
    static final int VERSION = STEPS.size();

    private Schema() {}

    /** Changes the tables of one version into those of the next. */
    private interface Step {
        void change(Sql sql) throws SQLException;
    }

    /** A step that is SQL alone. */
    private static Step script(String statements) {
        return sql -> {
            for (String statement : statements.split(";\\s*\n", -1)) {
                if (!statement.isBlank()) {
                    sql.run(statement);
                }
            }
        };
    }

    /** Why a file cannot be used as a store; the message goes on after the file's name. */
    static final class Unusable extends SQLException {

        private static final long serialVersionUID = 1L;

        Unusable(String reason) {
            super(reason);
        }
    }

    /** Copies a store of an older format. */
    interface Copier {
        void copy(long format) throws SQLException;
    }

    /**
     * Makes sure that a store is of this version: one that may not be written cannot be brought up to date.
     *
     * @throws Unusable if it is not
     */
    static void requireCurrent(Sql sql) throws SQLException {
        long version = sql.number("PRAGMA user_version");
        if (sql.number("PRAGMA application_id") != APPLICATION || version != VERSION) {
            throw new Unusable("may only be read, and is not a store of this version of Ablate (format " + version
                    + "; this one reads " + VERSION
                    + "); make it writable once, or copy it and set ABLATE_HOME to the copy");
        }
    }

    /** The format of a store that is to be brought up to date; empty where it is of this one, or cannot be used. */
    static OptionalLong older(Sql sql) throws SQLException {
        long version = sql.number("PRAGMA user_version");
        boolean ours = sql.number("PRAGMA application_id") == APPLICATION;
        return ours && version > 0 && version < VERSION ? OptionalLong.of(version) : OptionalLong.empty();
    }

    /**
     * Brings a store up to date; the caller holds the file's write lock in a transaction.
     *
     * @param copier copies a store of an older format before anything of it is changed
     * @throws Unusable if a newer version, or another program, made the file
     */
    static void bringUpToDate(Sql sql, Copier copier) throws SQLException {
        long version = sql.number("PRAGMA user_version");
        long application = sql.number("PRAGMA application_id");
        boolean empty = sql.number("SELECT count(*) FROM sqlite_schema") == 0;
        if (application != APPLICATION && !(empty && application == 0)) {
            throw new Unusable("is not a store of Ablate; move it away, or set ABLATE_HOME to another folder");
        }
        if (version > VERSION) {
            throw new Unusable("was made by a newer version of Ablate (format " + version + "; this one knows "
                    + VERSION + "); use that version, or set ABLATE_HOME to another folder");
        }
        if (version > 0 && version < VERSION) {
            copier.copy(version);
        }
        for (int step = (int) version; step < VERSION; step++) {
            STEPS.get(step).change(sql);
        }
        if (version < VERSION) {
            sql.run("PRAGMA application_id = " + APPLICATION);
            sql.run("PRAGMA user_version = " + VERSION);
        }
    }

    /** A change that changes nothing. */
    static void touch(Sql sql) throws SQLException {
        sql.run("PRAGMA user_version = " + VERSION);
    }
}
