/**
 * What a test plants in original data is looked for in all that leaves: answers of the platform, what commands print,
 * rows of its database, files and their names, leftovers. Nothing here takes a test's word for it: the search runs after
 * every test of this module.
 */
@NullMarked
package io.yunyu.system.egress;

import org.jspecify.annotations.NullMarked;
