/** Images in the registries of Amazon ECR. */
@NullMarked
package io.rekindle.action.aws.ecr;

import org.jspecify.annotations.NullMarked;
