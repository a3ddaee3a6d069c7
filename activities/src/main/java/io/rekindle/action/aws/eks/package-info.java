/** The managed node groups of Amazon EKS. */
@NullMarked
package io.rekindle.action.aws.eks;

import org.jspecify.annotations.NullMarked;
