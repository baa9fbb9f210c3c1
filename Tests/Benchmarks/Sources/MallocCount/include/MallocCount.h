#pragma once

/// How many blocks of memory the process has asked for so far, in all threads.
long malloc_count(void);
