/** A developer's job on made-up data, outside the platform: the same check and the same protection, no key and no original. */
@NullMarked
package io.yunyu.engine.dryrun;

import org.jspecify.annotations.NullMarked;
