/** Amazon RDS database instances and their snapshots. */
@NullMarked
package io.rekindle.action.aws.rds;

import org.jspecify.annotations.NullMarked;
