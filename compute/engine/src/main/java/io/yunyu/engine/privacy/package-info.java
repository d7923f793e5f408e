/**
 * Differential privacy: exact noise, its calibration, accounting in zero-concentrated differential privacy, and the
 * selection of group keys that may be shown. Pure Java on numbers; knows no table and no Spark.
 *
 * <p>Sources: Canonne, Kamath and Steinke 2020, The Discrete Gaussian for Differential Privacy (CKS20); Bun and Steinke
 * 2016, Concentrated Differential Privacy (BS16); Balle and Wang 2018, Improving the Gaussian Mechanism; Desfontaines, Voss
 * and Gipson 2022, Differentially private partition selection; Kairouz, Oh and Viswanath 2015, The Composition Theorem for
 * Differential Privacy.
 */
@NullMarked
package io.yunyu.engine.privacy;

import org.jspecify.annotations.NullMarked;
