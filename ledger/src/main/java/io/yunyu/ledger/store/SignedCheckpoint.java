package io.yunyu.ledger.store;

import io.yunyu.contract.checkpoint.Checkpoint;
import java.time.Instant;

/** A checkpoint and the note that signs it. */
public record SignedCheckpoint(Checkpoint checkpoint, String note, Instant at) {}
