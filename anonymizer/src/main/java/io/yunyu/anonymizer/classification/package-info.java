/** Classifiers of categories, and how well they predict a response: what a release, or its original, is good for. */
@NullMarked
package io.yunyu.anonymizer.classification;

import org.jspecify.annotations.NullMarked;
