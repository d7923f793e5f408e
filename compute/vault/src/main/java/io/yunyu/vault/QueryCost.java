package io.yunyu.vault;

/**
 * What a query's noise costs its recipient.
 *
 * @param rhoMicros in millionths of rho
 * @param deltaPicos delta of its selection of group keys, in trillionths; 0 if it selects none
 */
record QueryCost(long rhoMicros, long deltaPicos) {}
