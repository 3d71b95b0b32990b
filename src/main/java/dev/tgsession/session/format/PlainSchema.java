package dev.tgsession.session.format;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What tables and indexes there are, as long as every statement that made them is of a kind that needs no SQLite to be
 * understood: plain names, plain types, keys and plain indexes. Whatever goes beyond, one word is enough, is uncommon.
 */
final class PlainSchema {
    private static final int MOST_INDEXES = 10;
    private static final int MOST_TABLES = 200;
    private static final int MOST_COLUMNS = 100;

    /** So many statements, and no longer ones, are remembered. */
    private static final int MOST_KNOWN = 100;

    private static final int LONGEST_KNOWN = 1000;

    private static final Map<String, List<String>> KNOWN_WORDS = new ConcurrentHashMap<>();
    private static final Map<String, Table> KNOWN_TABLES = new ConcurrentHashMap<>();

    static final String AUTO_INDEX = "sqlite_autoindex_";

    /** Some of those which bear no table or column, though damage might make them out of a name that does. */
    private static final Set<String> RESERVED = Set.of(
            "add",
            "all",
            "alter",
            "and",
            "as",
            "autoincrement",
            "between",
            "case",
            "check",
            "collate",
            "commit",
            "constraint",
            "create",
            "default",
            "deferrable",
            "delete",
            "distinct",
            "drop",
            "else",
            "escape",
            "except",
            "exists",
            "foreign",
            "from",
            "group",
            "having",
            "in",
            "index",
            "insert",
            "intersect",
            "into",
            "is",
            "isnull",
            "join",
            "limit",
            "not",
            "notnull",
            "null",
            "on",
            "or",
            "order",
            "primary",
            "references",
            "select",
            "set",
            "table",
            "then",
            "to",
            "transaction",
            "union",
            "unique",
            "update",
            "using",
            "values",
            "when",
            "where");

    /** The formula and the trigger of Pyrogram and its kin; both are used when rows are written, not when they are read. */
    private static final List<String> NOW = words("cast(strftime('%s', 'now') as integer)");

    private static final List<String> KNOWN_TRIGGER =
            words("create trigger trg_peers_last_update_on after update on peers begin update peers set"
                    + " last_update_on = cast(strftime('%s', 'now') as integer) where id = new.id; end");

    private final List<Table> tables = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Set<Long> roots = new HashSet<>();
    private boolean trigger;

    /** Of the tables; made when all of them are there. */
    private List<SqliteTable> real = List.of();

    /** How the values of a column are kept. */
    enum Affinity {
        INTEGER,
        TEXT,
        NONE
    }

    /**
     * A column.
     *
     * @param filled whether a row that is too short for it has a value there all the same
     */
    record Column(String name, Affinity affinity, boolean notNull, boolean filled) {}

    /** An index over these columns, by their places in the table; {@code root} is 0 until it is known. */
    record Index(List<Integer> columns, boolean unique, int root) {}

    /**
     * A table.
     *
     * @param rowid the place of the column that is the row's number, or -1
     */
    record Table(SqliteTable table, int root, List<Column> columns, int rowid, List<Index> indexes) {
        int place(String column) {
            for (int i = 0; i < columns.size(); i++) {
                if (columns.get(i).name().equalsIgnoreCase(column)) {
                    return i;
                }
            }
            return -1;
        }
    }

    /** The tables, in their order. */
    List<Table> tables() {
        return tables;
    }

    /** The same, as everybody may see them. */
    List<SqliteTable> realTables() {
        return real;
    }

    boolean hasTrigger() {
        return trigger;
    }

    Optional<Table> table(String name) {
        for (Table one : tables) {
            if (one.table().name().equalsIgnoreCase(name)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** That every index a key needs was there; to be asked once all entries were, and then nothing changes any more. */
    void requireComplete() throws UncommonFileException {
        for (Table table : tables) {
            for (Index index : table.indexes()) {
                require(index.root() > 0);
            }
        }
        List<SqliteTable> all = new ArrayList<>();
        for (Table table : tables) {
            all.add(table.table());
        }
        real = List.copyOf(all);
    }

    /** One row of the table of tables: type, name, table, root page and statement. */
    void add(SqliteRecord entry, int pages) throws UncommonFileException {
        require(entry.size() == 5 && entry.isText(0) && entry.isText(1) && entry.isText(2) && entry.isNumber(3));
        require(entry.isText(4) || entry.isNull(4));
        Optional<String> sql = entry.isNull(4) ? Optional.empty() : Optional.of(text(entry, 4));
        long root = entry.number(3);
        String type = text(entry, 0);
        require(type.equals("trigger") ? root == 0 : root >= 2 && root <= pages && roots.add(root));
        add(type, text(entry, 1), text(entry, 2), (int) root, sql);
    }

    /**
     * An entry.
     *
     * @param sql none if it is the index of a key
     */
    void add(String type, String name, String owner, int root, Optional<String> sql) throws UncommonFileException {
        require(names.add(name.toLowerCase(Locale.ROOT)));
        String statement = sql.orElse("");
        switch (type) {
            case "trigger" -> addTrigger(name, owner, words(statement));
            case "table" -> {
                require(owner.equals(name) && tables.size() < MOST_TABLES - 1);
                tables.add(table(name, root, statement));
            }
            case "index" -> addIndex(name, owner, root, words(statement));
            default -> require(false);
        }
    }

    private void addTrigger(String name, String owner, List<String> statement) throws UncommonFileException {
        trigger = true;
        List<String> lower = new ArrayList<>(statement);
        lower.replaceAll(word -> word.toLowerCase(Locale.ROOT));
        require(lower.equals(KNOWN_TRIGGER) && name.equals("trg_peers_last_update_on"));
        Table peers = table("peers").orElseThrow(() -> new UncommonFileException("a trigger without its table"));
        require(owner.equals("peers") && peers.place("id") >= 0 && peers.place("last_update_on") >= 0);
    }

    private static String text(SqliteRecord entry, int index) {
        return String.valueOf(entry.value(index));
    }

    // Tables

    /** Of a statement that was understood before, if it is the same to the letter: programs make few different ones. */
    private static Table table(String name, int root, String sql) throws UncommonFileException {
        Table known = KNOWN_TABLES.get(sql);
        if (known == null) {
            known = table(name, 0, words(sql));
            if (sql.length() <= LONGEST_KNOWN && KNOWN_TABLES.size() < MOST_KNOWN) {
                KNOWN_TABLES.put(sql, known);
            }
        }
        require(known.table().name().equals(name));
        // The roots of its indexes are its own.
        return new Table(known.table(), root, known.columns(), known.rowid(), new ArrayList<>(known.indexes()));
    }

    private static Table table(String name, int root, List<String> words) throws UncommonFileException {
        Words in = new Words(words);
        in.require("create", "table");
        require(in.name().equals(name));
        in.require("(");
        List<Column> columns = new ArrayList<>();
        List<List<String>> keys = new ArrayList<>();
        String rowid = "";
        boolean anyPrimary = false;
        do {
            if (in.takes("primary", "key")) {
                require(!anyPrimary);
                anyPrimary = true;
                List<String> key = in.names();
                // A single column could be the row's number.
                require(key.size() > 1);
                keys.add(key);
            } else if (in.takes("unique")) {
                keys.add(in.names());
            } else if (in.takes("foreign", "key")) {
                in.names();
                in.require("references");
                in.name();
                in.names();
            } else {
                // Columns come before all that is said about several.
                require(keys.isEmpty() && columns.size() < MOST_COLUMNS);
                String column = in.name();
                boolean whole = in.takes("integer");
                Affinity affinity = whole ? Affinity.INTEGER : affinity(in);
                boolean notNull = false;
                boolean filled = false;
                while (!in.isAt(",") && !in.isAt(")")) {
                    if (in.takes("primary", "key")) {
                        require(!anyPrimary && whole);
                        anyPrimary = true;
                        rowid = column;
                    } else if (in.takes("not", "null")) {
                        notNull = true;
                    } else {
                        in.require("default", "(");
                        in.require(NOW.toArray(new String[0]));
                        in.require(")");
                        filled = true;
                    }
                }
                columns.add(new Column(column, affinity, notNull, filled));
            }
        } while (in.takes(","));
        in.require(")");
        in.requireEnd();
        List<String> names = new ArrayList<>();
        for (Column column : columns) {
            for (String other : names) {
                require(!other.equalsIgnoreCase(column.name()));
            }
            names.add(column.name());
        }
        Table table = new Table(
                new SqliteTable(name, names, false, true),
                root,
                List.copyOf(columns),
                rowid.isEmpty() ? -1 : names.indexOf(rowid),
                new ArrayList<>());
        for (List<String> key : keys) {
            table.indexes().add(new Index(places(table, key), true, 0));
        }
        return table;
    }

    private static Affinity affinity(Words in) {
        if (in.takes("int") || in.takes("bigint")) {
            return Affinity.INTEGER;
        }
        if (in.takes("text")) {
            return Affinity.TEXT;
        }
        in.takes("blob");
        return Affinity.NONE;
    }

    // Indexes

    private void addIndex(String name, String owner, int root, List<String> words) throws UncommonFileException {
        Table table = table(owner).orElseThrow(() -> new UncommonFileException("an index without its table"));
        if (words.isEmpty()) {
            for (int i = 0; i < table.indexes().size(); i++) {
                Index key = table.indexes().get(i);
                if (name.equals(AUTO_INDEX + table.table().name() + "_" + (i + 1)) && key.root() == 0) {
                    table.indexes().set(i, new Index(key.columns(), true, root));
                    return;
                }
            }
            throw new UncommonFileException("an index that no key asks for");
        }
        Words in = new Words(words);
        in.require("create", "index");
        require(in.name().equals(name));
        in.require("on");
        require(in.name().equalsIgnoreCase(owner));
        List<Integer> columns = places(table, in.names());
        in.requireEnd();
        // Each row is counted for each of them: no program makes so many, and whoever did could keep us busy for hours.
        require(table.indexes().size() < MOST_INDEXES && columns.size() <= MOST_INDEXES);
        table.indexes().add(new Index(columns, false, root));
    }

    private static List<Integer> places(Table table, List<String> names) throws UncommonFileException {
        List<Integer> places = new ArrayList<>();
        for (String name : names) {
            int place = table.place(name);
            require(place >= 0 && !places.contains(place));
            places.add(place);
        }
        return List.copyOf(places);
    }

    private static void require(boolean common) throws UncommonFileException {
        if (!common) {
            throw new UncommonFileException("a statement that is not understood here");
        }
    }

    // Words

    /** Names, numbers and texts in one piece, and single signs; a sign we do not know stands for all that follows. */
    static List<String> words(String sql) {
        List<String> known = KNOWN_WORDS.get(sql);
        if (known != null) {
            return known;
        }
        List<String> words = List.copyOf(apart(sql));
        if (sql.length() <= LONGEST_KNOWN && KNOWN_WORDS.size() < MOST_KNOWN) {
            KNOWN_WORDS.put(sql, words);
        }
        return words;
    }

    private static List<String> apart(String sql) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < sql.length()) {
            int from = at;
            char c = sql.charAt(at++);
            if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
                continue;
            }
            if (c == '\'') {
                int close = sql.indexOf('\'', at);
                at = close < 0 ? sql.length() : close + 1;
            } else if (isLetter(c)) {
                while (at < sql.length() && (isLetter(sql.charAt(at)) || isDigit(sql.charAt(at)))) {
                    at++;
                }
            } else if ("(),.;=".indexOf(c) < 0) {
                words.add("?");
                return words;
            }
            words.add(sql.substring(from, at));
        }
        return words;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Goes through words from the left. */
    private static final class Words {
        private final List<String> words;
        private int at;

        Words(List<String> words) {
            this.words = words;
        }

        boolean isAt(String word) {
            return at < words.size() && words.get(at).equalsIgnoreCase(word);
        }

        boolean takes(String... next) {
            int from = at;
            for (String word : next) {
                if (!isAt(word)) {
                    at = from;
                    return false;
                }
                at++;
            }
            return true;
        }

        void require(String... next) throws UncommonFileException {
            PlainSchema.require(takes(next));
        }

        void requireEnd() throws UncommonFileException {
            PlainSchema.require(at == words.size());
        }

        String name() throws UncommonFileException {
            PlainSchema.require(at < words.size());
            String word = words.get(at++);
            PlainSchema.require(isLetter(word.charAt(0)) && !RESERVED.contains(word.toLowerCase(Locale.ROOT)));
            PlainSchema.require(!word.toLowerCase(Locale.ROOT).startsWith("sqlite_"));
            return word;
        }

        /** In brackets, apart by commas. */
        List<String> names() throws UncommonFileException {
            require("(");
            List<String> names = new ArrayList<>();
            do {
                names.add(name());
            } while (takes(","));
            require(")");
            return names;
        }
    }
}
