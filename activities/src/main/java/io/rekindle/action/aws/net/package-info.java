/** What is asked of anybody but AWS: over HTTP, or just whether a port is open. */
@NullMarked
package io.rekindle.action.aws.net;

import org.jspecify.annotations.NullMarked;
