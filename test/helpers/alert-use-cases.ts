import type { UseCases } from "../../resolvers/use-cases.ts";
import type { Alerts } from "../../src/alerts/alerts.ts";

/** The mutations of alerts; tests that use them call no others. */
export function alertUseCases(alerts: Alerts): UseCases {
  return {
    createAlertEndpoint: alerts.createEndpoint,
    updateAlertEndpoint: alerts.updateEndpoint,
    rotateAlertSecret: alerts.rotateSecret,
    deleteAlertEndpoint: alerts.deleteEndpoint,
    muteAlerts: alerts.mute,
    unmuteAlerts: alerts.unmute,
    sendTestAlert: alerts.sendTest,
    resendAlert: alerts.resend,
  } as Partial<UseCases> as UseCases;
}
