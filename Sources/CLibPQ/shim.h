/* The parts of libpq that the module PostgresStorage uses. What is a macro there has a function here. */
#ifndef FRONTLINE_CLIBPQ_SHIM_H
#define FRONTLINE_CLIBPQ_SHIM_H

#include <libpq-fe.h>
#include <sys/eventfd.h>

/* The five characters of a failure's SQLSTATE, or NULL where the server has sent none. */
static inline const char *frontline_pq_state(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_SQLSTATE);
}

/* The first line of a failure, which has no values of rows beside those that a statement contains. */
static inline const char *frontline_pq_message(const PGresult *result) {
    return PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
}

static inline void frontline_pq_ignore(void *context, const PGresult *result) {
    (void)context;
    (void)result;
}

/* Drops notices, which libpq writes to the standard error output otherwise. */
static inline void frontline_pq_silence(PGconn *connection) {
    PQsetNoticeReceiver(connection, frontline_pq_ignore, NULL);
}

/* A descriptor by which another thread wakes one that waits for a socket, or -1. */
static inline int frontline_wake_open(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

#endif
