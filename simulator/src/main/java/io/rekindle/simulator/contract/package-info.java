/**
 * What AWS itself publishes about its services, and whether what we simulate and ask keeps to it.
 */
@NullMarked
package io.rekindle.simulator.contract;

import org.jspecify.annotations.NullMarked;
