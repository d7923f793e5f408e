/** Starts engines in isolation and talks to them. The doors are {@code EngineLauncher}, {@code SourceRelay} and {@code VaultClient}. */
@NullMarked
package io.yunyu.launcher;

import org.jspecify.annotations.NullMarked;
