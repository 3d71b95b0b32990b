package dev.tgsession.cli;

/** What the build writes down about itself. */
final class BuildVersions {
    static final String PROGRAM = "${project.version}";
    static final String JLINE = "${jline.version}";
    static final String SQLITE_JDBC = "${sqlite-jdbc.version}";

    private BuildVersions() {}
}
