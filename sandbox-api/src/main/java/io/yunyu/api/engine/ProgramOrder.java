package io.yunyu.api.engine;

import io.yunyu.contract.agreement.JobLimits;
import io.yunyu.contract.job.PlansJob;
import io.yunyu.contract.job.ProgramJob;
import java.util.Optional;

/**
 * A program to be run.
 *
 * @param jar its bytes, whose digest was compared
 * @param limits tighter ones than the installation's, if the agreement has any
 */
public record ProgramOrder(ProgramJob program, PlansJob plans, byte[] jar, Optional<JobLimits> limits) {
    /** Names the program only. */
    @Override
    public String toString() {
        return "ProgramOrder[" + program.jobId() + "]";
    }
}
