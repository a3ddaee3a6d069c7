/** Workloads of Kubernetes clusters. */
@NullMarked
package io.rekindle.action.aws.kubernetes;

import org.jspecify.annotations.NullMarked;
