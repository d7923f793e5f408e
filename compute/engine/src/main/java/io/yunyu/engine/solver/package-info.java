/**
 * Secondary suppression by a solver in another sandbox: {@link io.yunyu.engine.solver.SandboxedSolver} seals a table and
 * reads what comes back, {@code SolverMain} does the same from the other side. The launcher between them reads neither.
 */
@NullMarked
package io.yunyu.engine.solver;

import org.jspecify.annotations.NullMarked;
