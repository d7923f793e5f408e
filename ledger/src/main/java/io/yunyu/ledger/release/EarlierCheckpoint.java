package io.yunyu.ledger.release;

import io.yunyu.contract.merkle.ConsistencyProof;

/**
 * An earlier state of the log and the proof that the release's checkpoint continues it.
 *
 * @param root base64 of the earlier root
 */
public record EarlierCheckpoint(String root, ConsistencyProof proof) {}
