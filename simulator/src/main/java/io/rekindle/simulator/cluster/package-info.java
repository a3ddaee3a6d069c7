/** The API servers of simulated Kubernetes clusters. */
@NullMarked
package io.rekindle.simulator.cluster;

import org.jspecify.annotations.NullMarked;
