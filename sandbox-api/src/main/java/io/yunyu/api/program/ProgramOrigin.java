package io.yunyu.api.program;

/**
 * Where a job's query comes from that no person wrote.
 *
 * @param table the name that the program gave it
 * @param jar digest of the program's jar
 */
public record ProgramOrigin(String program, String table, String jar, String mainClass) {}
