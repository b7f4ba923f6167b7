/** AWS's control plane on this machine, with state and AWS's limits, for the real SDK clients. */
@NullMarked
package dev.frostline.servers.aws;

import org.jspecify.annotations.NullMarked;
