/** Aurora clusters of one Region. */
@NullMarked
package io.rekindle.action.aws.rds.aurora;

import org.jspecify.annotations.NullMarked;
