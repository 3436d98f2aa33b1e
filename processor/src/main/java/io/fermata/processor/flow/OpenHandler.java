package io.fermata.processor.flow;

import java.util.List;

/** A handler whose arms name blocks by the ids of {@link OpenBlock}. */
record OpenHandler(int outer, List<Handler.Arm> arms) {}
