/** Databases restored by AWS Backup. */
@NullMarked
package io.rekindle.action.aws.rds.backup;

import org.jspecify.annotations.NullMarked;
