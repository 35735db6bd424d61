import FrontlineProtocol
import Vocabulary

extension FrontlineServer {
    /// All methods with their handlers, one per line, in the order of discovery.
    static func methodTable(_ services: Services, metrics: @escaping @Sendable () -> String) -> MethodTable {
        var table = MethodTable(services: services)
        table.add(ServerInfoHandler(services: services, startedAt: Timestamp(microseconds: services.now())))
        table.add(ServerHealthHandler(services: services))
        table.add(ServerMetricsHandler(text: metrics))
        table.add(SessionAuthenticate.self, SessionAuthenticateHandler(services: services).answer)

        table.add(KnowledgeSearchHandler(services: services))
        table.add(KnowledgeSuggestHandler(services: services))
        table.add(KnowledgeGetHandler(services: services))
        table.add(KnowledgeListHandler(services: services))
        table.add(KnowledgeImportHandler(services: services))
        table.add(KnowledgePublishHandler(services: services))
        table.add(KnowledgeRetireHandler(services: services))
        table.add(KnowledgeHistoryHandler(services: services))
        table.add(KnowledgeCompareHandler(services: services))
        table.add(KnowledgeRestoreHandler(services: services))
        table.add(KnowledgeFeedbackHandler(services: services))
        table.add(KnowledgeIssuesHandler(services: services))
        table.add(KnowledgeResolveIssueHandler(services: services))
        table.add(KnowledgeGapsHandler(services: services))
        table.add(KnowledgeNeighboursHandler(services: services))

        table.add(PolicyListHandler(services: services))
        table.add(PolicyPublishHandler(services: services))
        table.add(PolicyVersionsHandler(services: services))
        table.add(PolicyGetHandler(services: services))
        table.add(PolicyCompareHandler(services: services))
        table.add(PolicyRollbackHandler(services: services))
        table.add(PolicyEvaluateHandler(services: services))
        table.add(PolicySimulateHandler(services: services))

        table.add(AlertsSubscribeHandler(services: services))
        table.add(AlertsUnsubscribeHandler(services: services))
        table.add(AlertsListHandler(services: services))
        table.add(AlertsGetHandler(services: services))
        table.add(AlertsReadHandler(services: services))
        table.add(AlertsRaiseHandler(services: services))
        table.add(AlertsReplyHandler(services: services))
        table.add(AlertsAcknowledgeHandler(services: services))
        table.add(AlertsResolveHandler(services: services))
        table.add(AlertsSnoozeHandler(services: services))

        table.add(ResolutionEvaluateHandler(services: services))
        table.add(ResolutionRequestHandler(services: services))
        table.add(ResolutionApproveHandler(services: services))
        table.add(ResolutionRejectHandler(services: services))
        table.add(ResolutionCancelHandler(services: services))
        table.add(ResolutionSettleHandler(services: services))
        table.add(ResolutionGetHandler(services: services))
        table.add(ResolutionListHandler(services: services))

        table.add(ConversationOpenHandler(services: services))
        table.add(ConversationUpdateHandler(services: services))
        table.add(ConversationObserveHandler(services: services))
        table.add(ConversationTransferHandler(services: services))
        table.add(ConversationCloseHandler(services: services))
        table.add(ConversationListHandler(services: services))
        table.add(ConversationGetHandler(services: services))
        table.add(ConversationSubscribeHandler(services: services))
        table.add(ConversationUnsubscribeHandler(services: services))

        table.add(CustomerExportHandler(services: services))
        table.add(CustomerEraseHandler(services: services))

        table.add(ReportSummaryHandler(services: services))

        table.add(MeasuresListHandler(services: services))
        table.add(MeasuresGetHandler(services: services))
        table.add(MeasuresValuesHandler(services: services))
        table.add(MeasuresExplainHandler(services: services))

        table.add(ScriptListHandler(services: services))
        table.add(ScriptGetHandler(services: services))
        table.add(ScriptPublishHandler(services: services))
        table.add(ScriptVersionsHandler(services: services))
        table.add(ScriptCompareHandler(services: services))
        table.add(ScriptRolloutHandler(services: services))
        table.add(ScriptRollbackHandler(services: services))
        table.add(ScriptStartHandler(services: services))
        table.add(ScriptAdvanceHandler(services: services))
        table.add(ScriptBackHandler(services: services))
        table.add(ScriptJumpHandler(services: services))
        table.add(ScriptDetourHandler(services: services))
        table.add(ScriptSkipHandler(services: services))
        table.add(ScriptNoteHandler(services: services))
        table.add(ScriptAbandonHandler(services: services))
        table.add(ScriptStateGetHandler(services: services))
        table.add(ScriptAdherenceHandler(services: services))

        table.add(SentimentScoreHandler(services: services))

        table.add(AssistFeedbackHandler(services: services))

        table.add(AuditListHandler(services: services))
        table.add(AuditVerifyHandler(services: services))

        table.add(IntegrationListHandler(services: services))

        table.add(WorkCreateHandler(services: services))
        table.add(WorkGetHandler(services: services))
        table.add(WorkListHandler(services: services))
        table.add(WorkClaimHandler(services: services))
        table.add(WorkReleaseHandler(services: services))
        table.add(WorkTransferHandler(services: services))
        table.add(WorkCommentHandler(services: services))
        table.add(WorkCompleteHandler(services: services))
        table.add(WorkCancelHandler(services: services))
        table.add(WorkSubscribeHandler(services: services))
        table.add(WorkUnsubscribeHandler(services: services))

        table.add(ToolListHandler(services: services))
        table.add(WebhookListHandler(services: services))
        table.add(WebhookDeliveriesHandler(services: services))
        table.add(WebhookReplayHandler(services: services))
        table.add(WebhookTestHandler(services: services))
        return table
    }
}
