#include <libpq-fe.h>

/* The SQLSTATE of a failed result, or NULL: PG_DIAG_SQLSTATE is a character constant, which Swift does not import. */
static inline const char *clibpq_sqlstate(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_SQLSTATE);
}

/* The message without severity, position and context; NULL where the server sent none. */
static inline const char *clibpq_message(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
}
