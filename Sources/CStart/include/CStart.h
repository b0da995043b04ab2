#pragma once

/* Nothing to call: what is done before the Swift runtime starts is done by linking this. */
