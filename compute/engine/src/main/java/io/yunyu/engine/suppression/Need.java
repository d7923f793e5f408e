package io.yunyu.engine.suppression;

/** One side of a requirement, by its position: what a witness is wanted for. */
record Need(int position, Direction direction) {}
