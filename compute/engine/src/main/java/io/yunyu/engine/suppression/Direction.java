package io.yunyu.engine.suppression;

/** To which side of a cell's value its protection is asked for. */
enum Direction {
    UP(1),
    DOWN(-1);

    final int sign;

    Direction(int sign) {
        this.sign = sign;
    }
}
