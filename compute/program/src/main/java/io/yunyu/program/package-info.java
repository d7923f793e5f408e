/**
 * What stands beside a developer's program in its sandbox: a Spark Connect service on the sandbox's own loopback, which
 * turns plans into the text of one SELECT each and hands that text out. The program shares this process and may do with it
 * what it likes: nothing that leaves here is believed.
 */
@NullMarked
package io.yunyu.program;

import org.jspecify.annotations.NullMarked;
