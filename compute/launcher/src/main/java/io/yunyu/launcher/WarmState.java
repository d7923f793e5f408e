package io.yunyu.launcher;

/**
 * The pool at one moment.
 *
 * @param idle started or starting engines without a job
 * @param rehearsed those of them that have rehearsed to the end
 * @param busy engines with a job, from wherever they came
 * @param warm jobs so far that found an engine of the pool
 * @param cold jobs so far on pooled products that did not
 * @param discarded idle engines that were ended unused: dead, stale, or no longer wanted
 */
public record WarmState(int idle, int rehearsed, int busy, long warm, long cold, long discarded) {}
