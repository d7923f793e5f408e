/**
 * What would pass instead of a refused query: changed forms of its text are tried with the plan policy, smallest first.
 * Nothing here is given a cell or any other result of data. The entry is {@link
 * io.yunyu.engine.certificate.RefusalCertificates}.
 */
@NullMarked
package io.yunyu.engine.certificate;

import org.jspecify.annotations.NullMarked;
